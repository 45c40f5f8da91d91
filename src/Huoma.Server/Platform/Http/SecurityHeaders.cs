namespace Huoma.Server.Platform.Http;

/// <summary>Headers every answer carries.</summary>
internal static class SecurityHeaders
{
    // 'unsafe-inline' is for styles only: Element Plus positions its pop-ups with style attributes. Visitor pages set a stricter policy of their own.
    private const string ConsolePolicy =
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        + "worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        Set(context);
        return next(context);
    });

    public static void Set(HttpContext context)
    {
        var headers = context.Response.Headers;
        SetCommon(headers);
        headers.ContentSecurityPolicy = ConsolePolicy;
        if (context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
        {
            headers.CacheControl = "no-store";
        }
    }

    /// <summary>For pages that bring a policy of their own.</summary>
    public static void SetCommon(IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
    }
}
