"""What stock Wagtail search would make of the same models; installed in benchmarks only."""
