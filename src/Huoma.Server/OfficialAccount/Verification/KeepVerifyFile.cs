using Huoma.Domain.OfficialAccount;
using Huoma.Server.Platform;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.OfficialAccount.Verification;

/// <summary>A 域名校验文件 as the console shows it.</summary>
[SchemaExample("""
    { "id": "8Kd2Mq4Zt7P", "name": "MP_verify_Ab3dEf6hIj9lMn2p.txt", "url": "https://hm.example.com/MP_verify_Ab3dEf6hIj9lMn2p.txt", "createdAt": "2026-11-22T04:00:00.000Z" }
    """)]
internal sealed record VerifyFileResponse(VerifyFileId Id, string Name, string Url, DateTimeOffset CreatedAt)
{
    public static VerifyFileResponse Of(VerifyFile file, PublicUrl url) => new(file.Id, file.Name, url.Of($"/{file.Name}"), file.CreatedAt);
}

/// <summary>Puts a 域名校验文件 there; one of the same name is replaced.</summary>
internal static class KeepVerifyFile
{
    /// <param name="Name">As 公众平台 named it.</param>
    /// <param name="Content">What stands in it.</param>
    [SchemaExample("""{ "name": "MP_verify_Ab3dEf6hIj9lMn2p.txt", "content": "Ab3dEf6hIj9lMn2p" }""")]
    public sealed record Request(string? Name, string? Content);

    public static async Task<Results<Ok<VerifyFileResponse>, ProblemHttpResult>> Handle(
        Request request, HuomaDb db, CurrentTenant tenant, PublicUrl url, TimeProvider time, CancellationToken ct)
    {
        if (!await PlatformTenant.IsAsync(db, tenant.Id, ct))
        {
            return OfficialAccountProblems.NotPlatform;
        }

        var content = VerifyFile.ContentOf(request.Content);
        var errors = new FieldErrors();
        if (!VerifyFile.IsName(request.Name))
        {
            errors.Add("name", "文件名须与公众平台下载的一致，如 MP_verify_ 加 16 位字母或数字，以 .txt 结尾");
        }

        if (content is null)
        {
            errors.Add("content", $"文件内容须为 1 到 {VerifyFile.ContentMaxLength} 位字母或数字，请直接上传公众平台下载的文件");
        }

        return errors.Any(out var problem) ? problem : await KeepAsync(request.Name ?? "", content ?? "", db, tenant, url, time, ct);
    }

    private static async Task<Results<Ok<VerifyFileResponse>, ProblemHttpResult>> KeepAsync(
        string name, string content, HuomaDb db, CurrentTenant tenant, PublicUrl url, TimeProvider time, CancellationToken ct)
    {
        var files = await db.VerifyFiles.ToListAsync(ct);
        var file = files.Find(row => row.Name == name);
        if (file is null && files.Count >= VerifyFile.Most)
        {
            return Problems.Create(StatusCodes.Status409Conflict, "verify-file.too-many", $"最多保留 {VerifyFile.Most} 个校验文件，请先删除不用的");
        }

        if (file is null)
        {
            file = new VerifyFile(NewId.Of<VerifyFile>(), tenant.Id, name, content, time.GetUtcNow());
            db.VerifyFiles.Add(file);
        }
        else
        {
            file.Says(content);
        }

        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException exception) when (exception.IsDuplicate())
        {
            return Problems.Create(StatusCodes.Status409Conflict, "verify-file.exists", "这个校验文件刚刚由其他人上传，请刷新后再看");
        }

        return TypedResults.Ok(VerifyFileResponse.Of(file, url));
    }

    public static async Task<Results<NoContent, ProblemHttpResult>> HandleDelete(VerifyFileId id, HuomaDb db, CurrentTenant tenant, CancellationToken ct)
    {
        if (!await PlatformTenant.IsAsync(db, tenant.Id, ct))
        {
            return OfficialAccountProblems.NotPlatform;
        }

        if (await db.VerifyFiles.SingleOrDefaultAsync(row => row.Id == id, ct) is not { } file)
        {
            return Problems.NotFound();
        }

        db.VerifyFiles.Remove(file);
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
