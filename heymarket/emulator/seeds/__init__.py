"""What a fresh emulator holds."""
