using System.Globalization;
using System.Text.Json;
using Huoma.Domain;

namespace Huoma.Server.Platform.Http;

/// <summary>The body of a route that takes JSON, or a multipart form with the same fields and a file.</summary>
internal static class JsonOrForm
{
    /// <param name="fromForm">Makes the same request of a form; what can not be read there goes into <paramref name="errors"/>.</param>
    public static async Task<(T Body, IFormFile? File)> ReadAsync<T>(
        HttpRequest request, string fileField, Func<FormFields, T> fromForm, FieldErrors errors, CancellationToken ct)
        where T : class
    {
        try
        {
            if (request.HasFormContentType)
            {
                var form = await request.ReadFormAsync(ct);
                return (fromForm(new FormFields(form, errors)), form.Files.GetFile(fileField));
            }

            if (request.HasJsonContentType())
            {
                return (await request.ReadFromJsonAsync<T>(ct) ?? throw Malformed(new JsonException()), null);
            }
        }
        catch (Exception exception) when (exception is (JsonException or IOException or InvalidDataException) and not BadHttpRequestException)
        {
            throw Malformed(exception);
        }

        throw new BadHttpRequestException("Neither JSON nor a form.", StatusCodes.Status415UnsupportedMediaType);
    }

    private static BadHttpRequestException Malformed(Exception exception) =>
        new("The body can not be read.", StatusCodes.Status400BadRequest, exception);
}

/// <summary>Reads the fields of a form; an empty one counts as missing.</summary>
internal sealed class FormFields(IFormCollection form, FieldErrors errors)
{
    public string? Text(string field) => form[field].ToString() is { Length: > 0 } text ? text : null;

    public Id<T>? Id<T>(string field) => Text(field) is { } text ? Domain.Id<T>.Parse(text) : null;

    public int? Number(string field) => Read<int>(field, "请输入整数", static (string text, out int value) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value));

    public bool? Flag(string field) => Read<bool>(field, "请填写 true 或 false", bool.TryParse);

    public DateTimeOffset? Instant(string field) => Read<DateTimeOffset>(field, "请填写有效的时间", InstantJsonConverter.TryParse);

    private delegate bool Reader<T>(string text, out T value);

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
