"""The caseload, the case page built round the network, and the frame of Today."""
