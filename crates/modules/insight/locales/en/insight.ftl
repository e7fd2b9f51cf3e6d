### Words of insight
