using Huoma.Domain.LiveCodes;
using Huoma.Server.Platform.Http;

namespace Huoma.Server.LiveCodes.Bulk;

/// <summary>Several codes by their ids, as they were sent.</summary>
internal static class BulkInput
{
    /// <summary>As many as the longest page of the list shows.</summary>
    public const int MostIds = 100;

    public static FieldErrors Ids(this FieldErrors errors, IReadOnlyList<string>? ids) => ids switch
    {
        null or { Count: 0 } => errors.Add("ids", "请先选择活码"),
        { Count: > MostIds } => errors.Add("ids", $"一次最多 {MostIds} 个"),
        _ when ids.Any(id => id is null) => errors.Add("ids", "不能为空"),
        _ => errors,
    };
}

/// <summary>What became of each of several codes.</summary>
[SchemaExample("""{ "results": [{ "id": "2Qk9Zx7Lm0B", "outcome": "done" }, { "id": "5Vd1Rt8Ys3K", "outcome": "not-found" }] }""")]
internal sealed record BulkResponse(IReadOnlyList<BulkResult> Results);

/// <param name="Id">As it was sent.</param>
internal sealed record BulkResult(string Id, BulkOutcome Outcome);

internal enum BulkOutcome
{
    Done = 1,

    /// <summary>It was so already.</summary>
    Unchanged = 2,

    /// <summary>There is none, or it is not yours.</summary>
    NotFound = 3,

    /// <summary>A rule says no: another code, that is not deleted along, hands over to it.</summary>
    Refused = 4,
}

/// <summary>Changes one code of several.</summary>
/// <param name="handsOverHere">Name of a code, not among those that are changed, that hands its visitors over to this one; null when none does.</param>
internal delegate BulkOutcome BulkChange(LiveCode liveCode, string? handsOverHere);
