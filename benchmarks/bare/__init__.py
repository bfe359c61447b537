"""The baseline: viewflow and django-fsm-2 with nothing of ours."""
