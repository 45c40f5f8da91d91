using System.Text.Json;
using Huoma.Domain.OfficialAccount;
using Microsoft.Extensions.Options;

namespace Huoma.Server.OfficialAccount.Api;

/// <summary>One request to the API and its answer. Addresses carry secrets, so nobody logs them.</summary>
internal sealed class OfficialAccountHttp(IHttpClientFactory clients, IOptions<OfficialAccountOptions> options, ILogger<OfficialAccountHttp> log)
{
    public const string Client = "official-account";

    private readonly Uri apiBase = new(options.Value.ApiBase.TrimEnd('/') + "/");

    /// <param name="path">As it may be logged.</param>
    /// <param name="query">With its question mark; secret.</param>
    /// <param name="body">Null: a GET.</param>
    public async Task<Heard<T>> AskAsync<T>(string path, string query, object? body, CancellationToken ct)
        where T : class, IOfficialAccountAnswer
    {
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, new Uri(apiBase, path + query));
        request.Content = body is null ? null : JsonContent.Create(body, body.GetType(), mediaType: null, OfficialAccountJson.Options);
        try
        {
            using var http = clients.CreateClient(Client);
            using var response = await http.SendAsync(request, ct);
            if (!response.IsSuccessStatusCode)
            {
                log.CallFailed(path, (int)response.StatusCode);
                return new Heard<T>(null, OfficialAccountFault.Unreachable);
            }

            // Not by its content type, which is said to be text.
            return Read<T>(path, await response.Content.ReadAsByteArrayAsync(ct));
        }
        catch (Exception exception) when (exception is HttpRequestException || (exception is OperationCanceledException && !ct.IsCancellationRequested))
        {
            log.CallBroke(path, exception.GetType().Name);
            return new Heard<T>(null, OfficialAccountFault.Unreachable);
        }
    }

    private Heard<T> Read<T>(string path, byte[] bytes)
        where T : class, IOfficialAccountAnswer
    {
        try
        {
            if (JsonSerializer.Deserialize<T>(bytes, OfficialAccountJson.Options) is { } answer)
            {
                if (answer.Errcode == 0)
                {
                    return new Heard<T>(answer, null);
                }

                log.CallRefused(path, answer.Errcode);
                return new Heard<T>(null, OfficialAccountFault.Of(answer.Errcode));
            }
        }
        catch (JsonException)
        {
            // Answered below.
        }

        log.CallRefused(path, errcode: null);
        return new Heard<T>(null, OfficialAccountFault.Strange);
    }
}
