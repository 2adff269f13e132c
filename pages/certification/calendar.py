"""What happens to a certificate, and when?"""

from waterstats.widgets import blocks
from waterstats.widgets.certification import certificate, certificaterules, renewals, schedule

blocks.question("calendar")
today, source = certificaterules.today(), certificaterules.registry()
case = certificate.choose(source)
if case:
    certificate.notes(case, source, today)
    blocks.headlines(*schedule.headlines(case, today))
    blocks.show(schedule.exhibit(case, today))
    schedule.table(case, today)
renewals.show(source, today)
