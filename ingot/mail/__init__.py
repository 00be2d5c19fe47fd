"""The mailbox: letters as bytes on the wire, answers as they come back."""
