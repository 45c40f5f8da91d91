using Huoma.Domain;
using Huoma.Domain.LiveCodes;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Huoma.Server.LiveCodes.Slots;

/// <summary>编辑群二维码, all but its picture.</summary>
internal static class EditSlot
{
    /// <summary>What is missing stays as it is; <c>"supportWeChatId": null</c> (or an empty one) takes it away.</summary>
    [SchemaExample("""{ "name": "一群", "supportWeChatId": null, "threshold": 150, "enabled": true }""")]
    public sealed record Request
    {
        public string? Name { get; init; }

        public string? SupportWeChatId
        {
            get;
            init
            {
                field = value;
                IsSupportGiven = true;
            }
        }

        public DateTimeOffset? ExpiresAt { get; init; }

        public int? Threshold { get; init; }

        public bool? Enabled { get; init; }

        internal bool IsSupportGiven { get; private init; }
    }

    public static async Task<Results<Ok<SlotResponse>, ProblemHttpResult>> Handle(
        SlotId id, Request request, HuomaDb db, SlotQueries queries, TimeProvider time, CancellationToken ct)
    {
        if (Check(request).Any(out var problem))
        {
            return problem;
        }

        await using var edit = await SlotEdit.BeginAsync(db, id, ct);
        if (edit is null)
        {
            return Problems.NotFound();
        }

        if (Apply(edit.Slot, request, time.GetUtcNow()) is { } refusal)
        {
            return refusal.ToProblem();
        }

        await edit.SaveAsync(ct);
        return TypedResults.Ok(await queries.DescribeAsync(edit.LiveCode, id, ct));
    }

    private static FieldErrors Check(Request request)
    {
        var errors = new FieldErrors()
            .OptionalLine("supportWeChatId", request.SupportWeChatId, Slot.SupportWeChatIdMaxLength)
            .Range("threshold", request.Threshold, Slot.ThresholdMin, Slot.ThresholdMax);
        return request.Name is { } name ? errors.Line("name", name, Slot.NameMaxLength) : errors;
    }

    private static Refusal? Apply(Slot slot, Request request, DateTimeOffset now)
    {
        slot.Describe(request.Name?.Trim() ?? slot.Name, request.IsSupportGiven ? request.SupportWeChatId.OrNone() : slot.SupportWeChatId);
        slot.SwitchesAt(request.Threshold ?? slot.Threshold);
        slot.Enable(request.Enabled ?? slot.Enabled);

        // A form that sends the expiry back as it was may do so when it has passed.
        return request.ExpiresAt is { } expiresAt && expiresAt != slot.ExpiresAt ? slot.LastsUntil(expiresAt, now) : null;
    }
}
