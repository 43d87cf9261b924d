"""The page of a case, as somebody's browser gets it."""

WHY = {"reason": "review"}


def page_of(client, case, status=200):
    answer = client.get(f"/desk/cases/{case.pk}/")
    assert answer.status_code == status
    return answer.content.decode()


def look(client, case, **reason):
    return client.post(f"/desk/cases/{case.pk}/look/", reason or WHY)
