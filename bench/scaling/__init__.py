"""What bench/scale.py needs: the same pages for each program, what each costs, and how that is told."""
