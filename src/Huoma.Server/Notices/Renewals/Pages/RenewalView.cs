namespace Huoma.Server.Notices.Renewals.Pages;

/// <summary>What the page of a 续码链接 shows.</summary>
public sealed record RenewalView
{
    /// <summary>Why the link was sent.</summary>
    public required string Reason { get; init; }

    public required string CodeName { get; init; }

    /// <summary>Null: a further group is added.</summary>
    public string? SlotName { get; init; }

    public string? ImageUrl { get; init; }

    public string? ExpiresAt { get; init; }

    /// <summary>Of a 名片码, whose pictures last.</summary>
    public bool IsCard { get; init; }

    public bool IsExpired { get; init; }

    /// <summary>Somebody has put another picture there since the notice.</summary>
    public bool WasReplaced { get; init; }

    /// <summary>有效期 in the field.</summary>
    public required string Until { get; init; }

    public required string Earliest { get; init; }

    public required string Zone { get; init; }

    public string? Error { get; init; }

    /// <summary>A picture that was sent already and can be kept.</summary>
    public string? NewImageId { get; init; }

    public string? NewImageUrl { get; init; }

    /// <summary>It may be kept with a reason only.</summary>
    public bool IsDoubtful { get; init; }

    public string? Name { get; init; }

    public bool NewGroup { get; init; }

    public string? OverrideReason { get; init; }
}
