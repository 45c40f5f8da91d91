using System.Globalization;
using Huoma.Domain.LiveCodes;
using Huoma.Domain.Media;
using Huoma.Server.LiveCodes.Slots;
using Huoma.Server.Platform.Http;

namespace Huoma.Server.Notices.Renewals;

/// <summary>What the form of a 续码链接 sends: a picture, or the one that was sent before and is kept.</summary>
/// <param name="Until">有效期 as the field holds it, in the system's time zone.</param>
internal sealed record RenewalForm(ImageId? ImageId, string? Name, string? Until, bool? NewGroup, string? OverrideReason) : IPictureRequest<RenewalForm>
{
    private const string Format = "yyyy-MM-dd'T'HH:mm";

    public static RenewalForm Of(FormFields form) => new(
        form.HasFile(PictureInput<RenewalForm>.FileField) ? null : form.Id<Image>("imageId"),
        form.Text("name"), form.Text("until"), form.Flag("newGroup"), form.Text("overrideReason"));

    /// <summary>What was typed, for a form that is shown again after a picture could not be taken; unread fields are empty.</summary>
    public static RenewalForm TypedIn(HttpRequest http)
    {
        try
        {
            var fields = new FormFields(http.Form, new FieldErrors());
            return Of(fields) with { ImageId = fields.Id<Image>("imageId") };
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or InvalidOperationException)
        {
            return new RenewalForm(null, null, null, null, null);
        }
    }

    public static string Write(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).ToString(Format, CultureInfo.InvariantCulture);

    public void Check(FieldErrors errors) => errors
        .OptionalLine("name", Name, Slot.NameMaxLength)
        .OptionalLine("overrideReason", OverrideReason, Slot.OverrideReasonMaxLength);

    /// <summary>The instant <see cref="Until"/> means; null when it is no time. Empty means the usual seven days.</summary>
    public DateTimeOffset? ExpiresAt(TimeZoneInfo zone, DateTimeOffset now)
    {
        if (Until is null)
        {
            return now + Slot.DefaultLifetime;
        }

        // Some phones send seconds, too.
        return DateTime.TryParseExact(Until[..Math.Min(Until.Length, 16)], Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && !zone.IsInvalidTime(local)
            ? new DateTimeOffset(local, zone.GetUtcOffset(local))
            : null;
    }
}
