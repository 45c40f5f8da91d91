using Huoma.Domain.LiveCodes;
using Huoma.Domain.Media;
using Huoma.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.LiveCodes.Slots;

/// <summary>A slot and the picture it holds.</summary>
internal sealed record PictureUse(SlotId SlotId, string SlotName, LiveCodeId LiveCodeId, string LiveCodeName, ImageId ImageId, string? Payload);

/// <summary>Finds the slots of the tenant that hold a picture, or another picture of the same QR code.</summary>
internal sealed class SlotPictureQueries(HuomaDb db)
{
    /// <summary>What to say before this picture goes into a slot.</summary>
    /// <param name="liveCodeId">The code it is meant for; null when that is not known yet.</param>
    /// <param name="replaced">The slot whose picture it replaces, which does not count as a use.</param>
    public async Task<IReadOnlyList<SlotWarning>> CheckAsync(
        LiveCodeKind kind, Image image, LiveCodeId? liveCodeId, SlotId? replaced, CancellationToken ct) =>
        Check(kind, image, liveCodeId, replaced, await UsesOfAsync([image], ct));

    /// <inheritdoc cref="CheckAsync"/>
    /// <param name="uses">From <see cref="UsesOfAsync"/>, of this picture among others.</param>
    public static IReadOnlyList<SlotWarning> Check(
        LiveCodeKind kind, Image image, LiveCodeId? liveCodeId, SlotId? replaced, IEnumerable<PictureUse> uses)
    {
        // A slot of the same code is the most telling one, and is told by its own name.
        var names = uses
            .Where(use => use.SlotId != replaced && IsSame(use, image))
            .OrderByDescending(use => use.LiveCodeId == liveCodeId)
            .Select(use => use.LiveCodeId == liveCodeId ? use.SlotName : $"{use.LiveCodeName} / {use.SlotName}");
        return SlotWarnings.Check(kind, image.QrCount, image.QrKind, [.. names]);
    }

    public async Task<IReadOnlyList<PictureUse>> UsesOfAsync(IReadOnlyCollection<Image> images, CancellationToken ct)
    {
        var ids = images.Select(image => image.Id).ToList();
        var payloads = images.Select(image => image.QrPayload).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        return await (
            from slot in db.Slots
            join liveCode in db.LiveCodes on slot.LiveCodeId equals liveCode.Id
            join image in db.Images on slot.ImageId equals image.Id
            where ids.Contains(image.Id) || (image.QrPayload != null && payloads.Contains(image.QrPayload))
            orderby slot.CreatedAt
            select new PictureUse(slot.Id, slot.Name, liveCode.Id, liveCode.Name, image.Id, image.QrPayload)).ToListAsync(ct);
    }

    private static bool IsSame(PictureUse use, Image image) =>
        use.ImageId == image.Id || (image.QrPayload is { } payload && string.Equals(use.Payload, payload, StringComparison.Ordinal));
}
