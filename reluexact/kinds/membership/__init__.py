"""Is this network optimal?"""
