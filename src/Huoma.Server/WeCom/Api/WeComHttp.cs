using System.Text.Json;
using Huoma.Domain.WeCom;
using Microsoft.Extensions.Options;

namespace Huoma.Server.WeCom.Api;

/// <summary>One request to the API and its answer. Addresses carry secrets, so nobody logs them.</summary>
internal sealed class WeComHttp(IHttpClientFactory clients, IOptions<WeComOptions> options, ILogger<WeComHttp> log)
{
    public const string Client = "wecom";

    private readonly Uri apiBase = new(options.Value.ApiBase.TrimEnd('/') + "/");

    /// <param name="path">Below <c>cgi-bin/</c>, as it may be logged.</param>
    /// <param name="query">With its question mark; secret.</param>
    /// <param name="body">Null: a GET.</param>
    public async Task<Told<T>> AskAsync<T>(string path, string query, object? body, CancellationToken ct)
        where T : class, IWeComAnswer
    {
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, new Uri(apiBase, $"cgi-bin/{path}{query}"));
        request.Content = body is null ? null : JsonContent.Create(body, body.GetType(), mediaType: null, WeComJson.Options);
        try
        {
            using var http = clients.CreateClient(Client);
            using var response = await http.SendAsync(request, ct);
            if (!response.IsSuccessStatusCode)
            {
                log.CallFailed(path, (int)response.StatusCode);
                return new Told<T>(null, WeComFault.Unreachable);
            }

            // Not by its content type, which is said to be text sometimes.
            return Read<T>(path, await response.Content.ReadAsByteArrayAsync(ct));
        }
        catch (Exception exception) when (exception is HttpRequestException || (exception is OperationCanceledException && !ct.IsCancellationRequested))
        {
            log.CallBroke(path, exception.GetType().Name);
            return new Told<T>(null, WeComFault.Unreachable);
        }
    }

    private Told<T> Read<T>(string path, byte[] bytes)
        where T : class, IWeComAnswer
    {
        try
        {
            if (JsonSerializer.Deserialize<T>(bytes, WeComJson.Options) is { } answer)
            {
                if (answer.Errcode == 0)
                {
                    return new Told<T>(answer, null);
                }

                log.CallRefused(path, answer.Errcode);
                return new Told<T>(null, WeComFault.Of(answer.Errcode));
            }
        }
        catch (JsonException)
        {
            // Answered below.
        }

        log.CallRefused(path, errcode: null);
        return new Told<T>(null, WeComFault.Strange);
    }
}
