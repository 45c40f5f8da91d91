using Microsoft.Net.Http.Headers;

namespace Huoma.Server.Platform.Http;

/// <summary>Bodies are UTF-8. What names another character set is refused before anybody tries to read it.</summary>
internal static class OnlyUtf8
{
    public static IApplicationBuilder UseOnlyUtf8(this IApplicationBuilder app) => app.Use((context, next) =>
        MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) && type.Charset.HasValue && !IsUtf8(type.Charset.Value)
            ? TypedResults.Problem(Problems.OfStatus(StatusCodes.Status415UnsupportedMediaType)).ExecuteAsync(context)
            : next(context));

    private static bool IsUtf8(string charset) => charset.Trim('"').ToUpperInvariant() is "UTF-8" or "UTF8" or "US-ASCII";
}
