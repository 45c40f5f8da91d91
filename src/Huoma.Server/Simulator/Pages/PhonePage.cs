using Microsoft.AspNetCore.Http.HttpResults;

namespace Huoma.Server.Simulator.Pages;

/// <summary>The page that looks like a phone: plain files inside the program.</summary>
internal static class PhonePage
{
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; frame-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static ContentHttpResult Show(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.CacheControl = "no-cache";
        return TypedResults.Content(Read("phone.html") ?? "", "text/html; charset=utf-8");
    }

    public static Results<ContentHttpResult, NotFound> Asset(string file, HttpResponse response)
    {
        response.Headers.CacheControl = "no-cache";
        return Read(file) is { } text && TypeOf(file) is { } type ? TypedResults.Content(text, type) : TypedResults.NotFound();
    }

    private static string? TypeOf(string file) => Path.GetExtension(file) switch
    {
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        _ => null,
    };

    private static string? Read(string file)
    {
        using var stream = typeof(PhonePage).Assembly.GetManifestResourceStream($"Simulator/{file}");
        if (stream is null)
        {
            return null;
        }

        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
