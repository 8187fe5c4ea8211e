"""Base numbers as people write them; any other name is its own key."""

BASES = {"户数": "households", "会员数": "members", "优抚对象": "beneficiaries"}
BASE_NAMES = {key: name for name, key in BASES.items()}
