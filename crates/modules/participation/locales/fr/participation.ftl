### Words of participation
