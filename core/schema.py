"""Every table, gathered, for migrations and for checks."""

from core.accounts import models as accounts
from core.brand import models as brand
from core.contracts import models as contracts
from core.conversations import models as conversations
from core.db import Base
from core.dealers import models as dealers
from core.documents import models as documents
from core.events import models as events
from core.forecasts import models as forecasts
from core.inbox import models as inbox
from core.keys import models as keys
from core.learning import models as learning
from core.orders import models as orders
from core.people import models as people
from core.products import models as products
from core.proposals import models as proposals
from core.rebates import models as rebates
from core.sales import models as sales
from core.usage import models as usage
from core.webhooks import models as webhooks

DOMAINS = (
    accounts,
    brand,
    contracts,
    conversations,
    dealers,
    documents,
    events,
    forecasts,
    inbox,
    keys,
    learning,
    orders,
    people,
    products,
    proposals,
    rebates,
    sales,
    webhooks,
    usage,
)
metadata = Base.metadata
