from ingot.domain.roles import closest_role


def test_of_several_open_roles_the_one_nearest_to_the_users_own_work_is_named():
    roles = ["Product Designer", "Senior Backend Engineer", "Data Scientist"]
    assert closest_role(["Backend Engineer"], roles) == "Senior Backend Engineer"
    assert closest_role(["UX Designer", "Illustrator"], roles) == "Product Designer"


def test_where_nothing_tells_them_apart_the_first_is_named_and_of_none_nothing():
    assert closest_role([], ["CTO", "Chef"]) == "CTO"
    assert closest_role(["Backend Engineer"], []) == ""
