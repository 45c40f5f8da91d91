using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Huoma.Server.Visits.Pages;

/// <summary>A page ready to be sent.</summary>
/// <param name="Policy">Its Content-Security-Policy: only its own style and script may run, told by their hashes.</param>
internal sealed record RenderedPage(byte[] Plain, byte[] Gzip, string Policy)
{
    /// <summary>Never kept by anybody: the next look may be another page.</summary>
    public Task SendAsync(HttpContext context, int status)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.Vary = "Accept-Encoding";
        var body = Plain;
        if (context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            response.Headers.ContentEncoding = "gzip";
            body = Gzip;
        }

        response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }
}

/// <summary>Renders a page that is opened without signing in.</summary>
internal sealed class PageRenderer(IServiceProvider services, ILoggerFactory logs)
{
    public async Task<RenderedPage> RenderAsync<TPage>(Dictionary<string, object?> parameters)
        where TPage : IComponent
    {
        await using var renderer = new HtmlRenderer(services, logs);
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TPage>(ParameterView.FromDictionary(parameters))).ToHtmlString());
        var plain = Encoding.UTF8.GetBytes(html);
        return new RenderedPage(plain, Compress(plain), PolicyOf(html));
    }

    private static byte[] Compress(byte[] plain)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.SmallestSize))
        {
            gzip.Write(plain);
        }

        return target.ToArray();
    }

    private static string PolicyOf(string html) =>
        $"default-src 'none'; img-src 'self' data:; connect-src 'self'; style-src {HashOf(html, "style")}; script-src {HashOf(html, "script")}; "
        + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static string HashOf(string html, string tag)
    {
        var start = html.IndexOf($"<{tag}>", StringComparison.Ordinal);
        if (start < 0)
        {
            return "'none'";
        }

        start += tag.Length + 2;
        var end = html.IndexOf($"</{tag}>", start, StringComparison.Ordinal);
        return $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(html[start..end])))}'";
    }
}
