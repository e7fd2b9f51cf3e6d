### Words of instance
