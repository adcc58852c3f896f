"""Regular work of the trail."""

from asgiref.sync import sync_to_async
from procrastinate.contrib.django import app

from alongside.foundation.audit.actions import seal_consultations


@app.periodic(cron="* * * * *")
@app.task(name="audit.seal_consultations", queueing_lock="audit.seal_consultations", pass_context=False)
async def seal_every_minute(timestamp: int) -> None:
    """Seal what was looked at in the last minute."""
    await sync_to_async(seal_consultations)()
