"""One request that asks the application, and the others who wait for what it is answered."""

import asyncio
from collections.abc import Awaitable, Callable

from service.gateway.answer_store import AnswerStore, Key
from service.gateway.answers import Answer, FinishedAnswer
from service.gateway.plain_reads import PlainRead

Ask = Callable[[], Awaitable[Answer | None]]
Question = asyncio.Future[FinishedAnswer | None]


class SharedAnswers:
    """Asks once for all who want at the same time what was for everybody before."""

    def __init__(self, answers: AnswerStore) -> None:
        self._answers = answers
        self._asked: dict[Key, Question] = {}

    async def make(self, read: PlainRead, ask: Ask) -> Answer | None:
        """The answer to a request for which none is kept that is still right.

        Args:
            read: The request.
            ask: Asks the application.
        """
        key = self._answers.key(read)
        answer = await self._awaited(key, read)
        if answer is not None:
            return answer
        if key not in self._answers or key in self._asked:
            return await self._make(read, ask)
        question: Question = asyncio.get_running_loop().create_future()
        self._asked[key] = question
        try:
            return await self._make(read, ask, question)
        finally:
            del self._asked[key]
            if not question.done():
                question.set_result(None)

    async def _make(
        self, read: PlainRead, ask: Ask, question: Question | None = None
    ) -> Answer | None:
        begun = self._answers.moment()
        answer = await ask()
        finished = None if answer is None else self._answers.keep(read, answer, begun)
        if question is not None:
            question.set_result(finished)
        return answer

    async def _awaited(self, key: Key, read: PlainRead) -> Answer | None:
        """What others are answered that ask just now, if it is right for this request too."""
        if (question := self._asked.get(key)) is None:
            return None
        await asyncio.shield(question)
        if (answer := self._answers.get(read)) is not None:
            return answer
        # Something was committed meanwhile. Whoever asked after this request came asked late
        # enough for it, whatever is committed by then.
        if (question := self._asked.get(key)) is None:
            return None
        finished = await asyncio.shield(question)
        return None if finished is None else self._answers.give(finished, read)
