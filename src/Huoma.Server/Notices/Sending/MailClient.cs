using Huoma.Server.Notices.Channels;
using Huoma.Server.Platform.Outgoing;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Huoma.Server.Notices.Sending;

/// <summary>E-mail by SMTP, over a connection that was checked like every other to an address a tenant typed.</summary>
internal sealed class MailClient(GuardedConnections connections)
{
    private static readonly int[] Ports = [465, 587, 25, 2525];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public async Task<SendAnswer> SendAsync(ChannelSettings settings, NoticeMessage message, CancellationToken ct)
    {
        if (settings.Smtp is not { } smtp)
        {
            return SendAnswer.Refused("没有邮件服务器，请在渠道设置里填写");
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            await SendAsync(smtp, message, patience.Token);
            return SendAnswer.Taken();
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return SendAnswer.Refused("邮件服务器没有及时回应（15 秒），会自动重试");
        }
        catch (AddressRefusedException exception)
        {
            return SendAnswer.Refused(exception.Message);
        }
        catch (AuthenticationException)
        {
            return SendAnswer.Refused("邮件服务器不接受用户名或密码（很多邮箱需要用授权码）");
        }
        catch (SslHandshakeException)
        {
            return SendAnswer.Refused("无法建立加密连接，请检查端口和加密方式");
        }
        catch (SmtpCommandException exception)
        {
            return SendAnswer.Refused($"邮件服务器拒绝了：{(int)exception.StatusCode}");
        }
        catch (Exception exception) when (exception is IOException or System.Net.Sockets.SocketException or NotSupportedException or MailKit.ProtocolException or ParseException or MailKit.ServiceNotConnectedException)
        {
            return SendAnswer.Refused("连接邮件服务器失败，请检查地址、端口和加密方式");
        }
    }

    private async Task SendAsync(SmtpSettings smtp, NoticeMessage message, CancellationToken ct)
    {
        using var mail = MailOf(smtp, message);
        using var client = new SmtpClient { CheckCertificateRevocation = false };
        var stream = await connections.ConnectAsync(smtp.Host, smtp.Port, smtp.Security == SmtpSecurity.None, Ports, ct);
        await client.ConnectAsync(stream, smtp.Host, smtp.Port, OptionsOf(smtp.Security), ct);
        if (smtp is { User: { } user, Password: { } password })
        {
            await client.AuthenticateAsync(user, password, ct);
        }

        await client.SendAsync(mail, ct);
        await client.DisconnectAsync(quit: true, ct);
    }

    private static MimeMessage MailOf(SmtpSettings smtp, NoticeMessage message)
    {
        var mail = new MimeMessage { Subject = $"{NoticeMessage.Product}：{message.Title}{(message.Items is [var only] ? $"（{only.Code}）" : "")}" };
        mail.From.Add(new MailboxAddress(NoticeMessage.Product, smtp.From));
        mail.To.AddRange(smtp.To.Select(to => new MailboxAddress("", to)));
        mail.MessageId = $"{message.Id}@{smtp.From[(smtp.From.IndexOf('@', StringComparison.Ordinal) + 1)..]}";
        mail.Date = message.Now;
        // Some servers answer to automatic mail with mail of their own.
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        mail.Body = new BodyBuilder { TextBody = MessageFormats.Plain(message), HtmlBody = MessageFormats.Html(message) }.ToMessageBody();
        return mail;
    }

    private static SecureSocketOptions OptionsOf(SmtpSecurity security) => security switch
    {
        SmtpSecurity.Ssl => SecureSocketOptions.SslOnConnect,
        SmtpSecurity.StartTls => SecureSocketOptions.StartTls,
        _ => SecureSocketOptions.None,
    };
}
