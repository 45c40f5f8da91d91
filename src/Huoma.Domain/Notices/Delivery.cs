namespace Huoma.Domain.Notices;

/// <summary>How far a <see cref="Delivery"/> is.</summary>
public enum DeliveryStatus
{
    /// <summary>待发送: also between two tries.</summary>
    Waiting = 1,

    /// <summary>已送达.</summary>
    Sent = 2,

    /// <summary>已放弃: it could not be delivered for a day. The notice itself stays in the console.</summary>
    GivenUp = 3,
}

/// <summary>投递记录: one notice on its way to one channel.</summary>
public sealed record Delivery(DeliveryId Id, Notice Notice, RenewalLinkId? LinkId);

/// <summary>续码链接 of one delivery: for one slot's new picture, or for a further group when <paramref name="SlotId"/> is null.</summary>
public sealed record RenewalLink(RenewalLinkId Id, TenantId TenantId, LiveCodeId LiveCodeId, SlotId? SlotId, DateTimeOffset ExpiresAt, DateTimeOffset? UsedAt)
{
    public RenewalState StateAt(DateTimeOffset now) => UsedAt is not null ? RenewalState.Used : now >= ExpiresAt ? RenewalState.Expired : RenewalState.Open;
}
