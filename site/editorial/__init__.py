"""Review: tasks, the workflow, messages and the admin home's panels."""
