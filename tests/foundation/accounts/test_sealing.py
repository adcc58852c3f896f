"""What is sealed opens for its purpose and key alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.foundation.accounts.sealing import SealBrokenError, seal, unseal


@given(text=st.text())
def test_sealed_text_comes_back(text: str) -> None:
    assert unseal(seal(text, purpose="a"), purpose="a") == text


def test_another_purpose_or_key_or_a_change_does_not_open_it(settings) -> None:
    sealed = seal("words", purpose="a")
    with pytest.raises(SealBrokenError):
        unseal(sealed, purpose="b")
    with pytest.raises(SealBrokenError):
        unseal(sealed[:-8] + "AAAAAAA=", purpose="a")
    before, settings.SECRET_KEY = settings.SECRET_KEY, "another key"
    with pytest.raises(SealBrokenError):
        unseal(sealed, purpose="a")
    settings.SECRET_KEY_FALLBACKS = [before]
    assert unseal(sealed, purpose="a") == "words"
