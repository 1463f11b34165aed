"""How a person comes to have an account: by an invitation, or by asking for one."""
