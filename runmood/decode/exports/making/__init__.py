"""What every vendor's reader needs: texts and JSON opened, numbers and moments believed or not, a run made of them."""
