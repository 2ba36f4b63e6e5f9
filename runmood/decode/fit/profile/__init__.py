"""What the numbers in a FIT file mean: messages and fields, kinds of file, sports, makers and their watches."""
