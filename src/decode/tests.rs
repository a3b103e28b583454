mod never {}
