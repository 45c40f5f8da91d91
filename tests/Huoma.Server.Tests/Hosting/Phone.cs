using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Huoma.Server.Tests.Hosting;

/// <summary>What a visitor sees.</summary>
internal sealed partial record SeenPage(HttpStatusCode Status, string Html, HttpResponseMessage Answer)
{
    public string State => Attribute(StatePattern());

    public string Slot => Attribute(SlotPattern());

    public string PressToken => Attribute(PressPattern());

    private string Attribute(Regex pattern) => pattern.Match(Html) is { Success: true } match ? match.Groups["value"].Value : "";

    [GeneratedRegex("<html[^>]* data-state=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex StatePattern();

    [GeneratedRegex("<img id=\"qr\"[^>]* data-slot=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SlotPattern();

    [GeneratedRegex("data-press=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PressPattern();
}

/// <summary>A visitor with a browser of his own.</summary>
internal sealed class Phone(HttpClient http)
{
    private static int presses;

    public HttpClient Http { get; } = http;

    public Task<SeenPage> ScanAsync(string key) => OpenAsync(HttpMethod.Get, $"/q/{key}");

    public Task<SeenPage> EnterAsync(string key) => OpenAsync(HttpMethod.Get, $"/q/{key}/enter");

    public async Task<SeenPage> OpenAsync(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var answer = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        return new SeenPage(answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), answer);
    }

    /// <summary>Presses the QR of a page; each call is another press unless it names one.</summary>
    public async Task<HttpStatusCode> PressAsync(string key, SeenPage page, string? pressId = null)
    {
        var id = pressId ?? Interlocked.Increment(ref presses).ToString(CultureInfo.InvariantCulture);
        using var answer = await Http.PostAsync($"/q/{key}/press", new StringContent($"{page.PressToken}\n{id}"), TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
