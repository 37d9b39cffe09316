"""How are explanations and plots drawn in a terminal?"""
