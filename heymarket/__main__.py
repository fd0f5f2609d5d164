"""`python -m heymarket`: the command line where its script is not on the path."""

import sys

from heymarket.cli import main

sys.exit(main())
