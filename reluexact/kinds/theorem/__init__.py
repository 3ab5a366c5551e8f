"""Which theorem gives the optimum of these data in closed form, if one does."""
