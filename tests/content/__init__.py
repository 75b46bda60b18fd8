"""What people write is read strictly: each mistake has its place, the rest goes on."""
