"""What is live, held against what was published: asks a web host as a reader's browser would, and sends nothing."""

from patientpages.verify.compare import verify

__all__ = ["verify"]
