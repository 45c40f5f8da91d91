using System.Globalization;
using Huoma.Domain;

namespace Huoma.Server.Platform.Http;

/// <summary>Reads the fields of a form; an empty one counts as missing, one that can not be read is an error of that field.</summary>
internal sealed class FormFields(IFormCollection form, FieldErrors errors)
{
    private delegate bool Reader<T>(string text, out T value);

    public string? Text(string field) => form[field].ToString() is { Length: > 0 } text ? text : null;

    public bool HasFile(string field) => form.Files.GetFile(field) is { Length: > 0 };

    public Id<T>? Id<T>(string field) => Text(field) is { } text ? Domain.Id<T>.Parse(text) : null;

    public int? Number(string field) => Read<int>(field, "请输入整数", static (string text, out int value) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value));

    public bool? Flag(string field) => Read<bool>(field, "请填写 true 或 false", bool.TryParse);

    public DateTimeOffset? Instant(string field) => Read<DateTimeOffset>(field, "请填写有效的时间", InstantJsonConverter.TryParse);

    private T? Read<T>(string field, string message, Reader<T> reader)
        where T : struct
    {
        if (Text(field) is not { } text)
        {
            return null;
        }

        if (reader(text, out var value))
        {
            return value;
        }

        errors.Add(field, message);
        return null;
    }
}
