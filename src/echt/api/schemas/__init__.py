"""What requests and answers look like. A field that a request does not know is refused; answers may gain fields."""
