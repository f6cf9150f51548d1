"""All checks, listed by hand. A retired code stays here as a comment and is never used again.

A check yields `Note(where, message, hint)`; only the runner adds code and severity, so that no check can
misname itself. Its docstring is what `patientpages checks CODE` shows: what, why, Bad and Good.
"""

from __future__ import annotations

from patientpages.checks import (
    access,
    artefacts,
    claims,
    figures,
    front_matter,
    ids,
    inserts,
    links,
    plain,
    reading,
    statements,
    theme,
    topics,
    trust,
)
from patientpages.checks.registry import Check

CHECKS: tuple[Check, ...] = (
    Check("A101", "page", "error", access.picture_without_alt),
    Check("A102", "page", "error", access.heading_order),
    Check("A103", "page", "error", access.heading_without_words),
    Check("C101", "page", "error", claims.over_claim),
    Check("C102", "page", "error", claims.one_sided),
    Check("F102", "page", "error", front_matter.unknown_kind),
    # F101 (a key that is missing, wrong or unknown) and F103 (a claim of authority) are given while a source is read.
    Check("F104", "page", "error", front_matter.unknown_source),
    Check("F105", "site", "warning", front_matter.unused_source),
    Check("F106", "site", "warning", front_matter.source_too_old),
    Check("I101", "page", "error", ids.repeated_id),
    Check("I102", "page", "error", ids.automatic_id),
    Check("L101", "page", "error", links.broken_link),
    Check("L102", "page", "error", links.broken_anchor),
    Check("L103", "page", "error", links.link_from_the_root),
    Check("L104", "site", "error", links.nav_names_no_page),
    Check("L105", "site", "error", links.page_not_in_nav),
    Check("L106", "page", "error", links.missing_picture),
    Check("L107", "site", "error", links.index_leads_nowhere),
    Check("M101", "site", "error", theme.option_not_honoured),
    Check("M102", "site", "error", theme.group_not_shown),
    Check("N101", "page", "error", inserts.unknown_insert),
    Check("N102", "page", "error", inserts.mark_of_ours),
    Check("N201", "page", "error", figures.typed_figure),
    Check("N202", "page", "error", figures.fact_on_another_subject),
    Check("O101", "file", "error", artefacts.other_host),
    Check("O102", "file", "error", artefacts.undeclared_file),
    Check("O103", "file", "error", artefacts.script_on_a_page),
    Check("O104", "file", "error", artefacts.policy_missing),
    Check("R101", "page", "error", reading.hard_to_read),
    Check("R102", "page", "error", reading.sentence_too_long),
    Check("R103", "page", "warning", reading.sentence_long),
    Check("R104", "page", "warning", reading.paragraph_long),
    Check("R105", "page", "warning", plain.hard_word),
    Check("R106", "page", "error", plain.medical_word_alone),
    Check("R107", "page", "warning", plain.passive_instruction),
    Check("R108", "page", "error", plain.vague_link),
    Check("R109", "page", "error", plain.heading_that_says_nothing),
    Check("R110", "page", "error", reading.page_far_too_long),
    Check("R111", "page", "warning", reading.page_too_long),
    Check("T101", "page", "error", topics.missing_section),
    Check("T102", "page", "error", topics.empty_section),
    Check("T103", "page", "error", topics.missing_link),
    Check("T104", "page", "error", topics.missing_other_section),
    Check("T105", "page", "error", topics.too_few_entries),
    Check("T106", "page", "error", topics.no_in_short),
    Check("T111", "site", "until-published", topics.kind_without_page),
    Check("T112", "page", "error", topics.page_at_wrong_address),
    Check("T201", "page", "error", statements.not_said),
    Check("T202", "page", "error", statements.contradicted),
    Check("T203", "page", "error", statements.said_where_it_does_not_count),
    Check("T204", "page", "error", statements.said_elsewhere),
    Check("U101", "page", "error", trust.urgent_help_missing),
    Check("U102", "page", "error", trust.urgent_card_missing),
    Check("U103", "page", "error", trust.checked_line_missing),
    Check("U104", "page", "error", trust.general_line_missing),
    Check("U105", "page", "error", trust.number_not_from_data),
)

__all__ = ["CHECKS", "Check"]
