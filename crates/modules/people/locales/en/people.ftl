### Words of people
