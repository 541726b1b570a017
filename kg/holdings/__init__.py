"""What a folder holds of the sources it was built from, so that the next build reads only what changed."""
