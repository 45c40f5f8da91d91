using Huoma.Domain.Audit;

namespace Huoma.Server.Audit;

/// <summary>How the changes of this request come about, which their entities do not show.</summary>
internal sealed class CurrentChange
{
    public AuditWay Way { get; private set; } = AuditWay.Direct;

    public void Is(AuditWay way) => Way = way;
}
