"""Published statements as linear constraints over unknown whole numbers of certified sites."""
