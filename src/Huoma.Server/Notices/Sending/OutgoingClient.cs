using System.Net;
using System.Text;
using Huoma.Server.Platform.Outgoing;

namespace Huoma.Server.Notices.Sending;

/// <summary>Posts JSON to an address that a tenant typed. Whatever happens becomes an answer; what stands behind an address is not told.</summary>
internal sealed class OutgoingClient(IHttpClientFactory clients)
{
    /// <param name="read">Makes an answer of a body that came with 2xx.</param>
    public async Task<SendAnswer> PostAsync(string url, string json, IReadOnlyDictionary<string, string> headers, Func<string, SendAnswer> read, CancellationToken ct)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
            foreach (var (name, value) in headers)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }

            request.Headers.UserAgent.ParseAdd("Huoma/1");
            using var http = clients.CreateClient(OutgoingSetup.Client);
            using var answer = await http.SendAsync(request, ct);
            return answer.StatusCode switch
            {
                >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices => read(await answer.Content.ReadAsStringAsync(ct)),
                >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest => SendAnswer.Refused("对方要求跳转到别的地址，不会跟随，请填写最终的地址"),
                var status => SendAnswer.Refused($"对方拒绝了（HTTP {(int)status}），请检查地址和设置"),
            };
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return SendAnswer.Refused("对方没有及时回应（6 秒），会自动重试");
        }
        catch (Exception exception) when (exception is HttpRequestException or UriFormatException or InvalidOperationException or IOException)
        {
            return SendAnswer.Refused((exception.InnerException as AddressRefusedException)?.Message ?? "连接失败，请检查地址");
        }
    }
}
