using Huoma.Domain.Audit;
using Huoma.Domain.OfficialAccount;
using Huoma.Server.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Huoma.Server.OfficialAccount.Verification;

internal sealed class VerifyFileMapping : IEntityTypeConfiguration<VerifyFile>
{
    public void Configure(EntityTypeBuilder<VerifyFile> builder) => builder.ToTable("verify_files");
}

/// <summary>Remembers who put which 域名校验文件 there, or took it away.</summary>
internal sealed class VerifyFileAudit : IAuditedKind
{
    public IEnumerable<AuditDraft> Describe(IReadOnlyList<EntityEntry> saved) =>
        from entry in saved
        where entry.Entity is VerifyFile
        let action = entry.State switch
        {
            EntityState.Added => AuditAction.Created,
            EntityState.Deleted => AuditAction.Deleted,
            _ => AuditAction.Edited,
        }
        let file = (VerifyFile)entry.Entity
        select new AuditDraft(file, AuditSubject.OfficialAccount, file.Id.Value, file.Name, action, []);
}
