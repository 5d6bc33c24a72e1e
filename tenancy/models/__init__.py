from tenancy.models.answer import Answer
from tenancy.models.appointment import Appointment, AreaGrant
from tenancy.models.area import Area
from tenancy.models.audit import AuditEvent
from tenancy.models.message import Message
from tenancy.models.organisation import Organisation
from tenancy.models.public_key import PublicKey
from tenancy.models.sign_in import SignInFailure
from tenancy.models.submission import Submission
from tenancy.models.tenant import Tenant
from tenancy.models.user import User

__all__ = [
    "Answer",
    "Appointment",
    "Area",
    "AreaGrant",
    "AuditEvent",
    "Message",
    "Organisation",
    "PublicKey",
    "SignInFailure",
    "Submission",
    "Tenant",
    "User",
]
