// Which operation belongs to which area of work, and whether it reads or writes. Each operation is here
// once, but those that give tokens.

export const areas = {
  welkin: {
    directory: {
      read: [
        "usersList", "usersGet", "usersListInInstance",
      ],
    },
    administration: {
      read: [
        "userAppAccessesGet", "userPermissionsGet", "userTerritoriesGet", "dataAuditList",
        "securityAuditList", "webhookAuditList", "exportsRead",
      ],
      write: [
        "usersCreate", "usersUpdate", "usersReplace", "usersDelete", "userAppAccessesReplace",
        "userPermissionsReplace", "userTerritoriesReplace",
      ],
    },
    patients: {
      read: [
        "patientsList", "patientsFindByFilter", "patientsGet", "patientProgramsList",
        "patientProgramsGetCurrent", "patientProgramsGetById", "patientProgramsGetByName",
      ],
      write: [
        "patientsCreate", "patientsUpdate", "patientsDelete", "patientProgramsUpdate",
        "patientProgramsUnassign", "patientProgramsChangePhase",
      ],
    },
    configuration: {
      read: [
        "programsList", "programsGet", "cdtFormationsList", "cdtFormationsGet", "goalTemplatesList",
        "goalTemplatesGet", "documentTypesList", "documentTypesGet", "dictionaryRecordsList",
        "dictionaryRecordsGet", "dictionaryFormationsList", "dictionaryFormationsGet",
        "encounterDispositionFormationsGet", "encounterTemplatesList", "encounterTemplatesGet",
        "assessmentsList", "assessmentsGet", "assessmentsGetCdt",
      ],
      write: [
        "programsCreateDraft", "programsReplaceDraft", "programsDeleteDraft", "documentTypesCreate",
        "documentTypesReplace", "documentTypesDelete", "dictionaryRecordsAdd",
        "dictionaryRecordsReplaceAll", "dictionaryRecordsReplace", "dictionaryRecordsDelete",
        "dictionaryFormationsCreateDraft", "dictionaryFormationsReplaceDraft",
        "dictionaryFormationsDeleteDraft", "encounterDispositionFormationsReplaceDraft",
        "encounterTemplatesCreateDraft", "encounterTemplatesReplaceDraft", "encounterTemplatesDeleteDraft",
        "assessmentsCreateDraft", "assessmentsReplaceDraft", "assessmentsDeleteDraft",
      ],
    },
    records: {
      read: [
        "cdtRecordsList", "cdtRecordsGet", "encountersListByPatient", "encountersListFullByPatient",
        "encountersListInInstance", "encountersListByUser", "encountersListFullByUser", "encountersGet",
        "encountersGetFull", "encounterCommentsList", "encounterCommentsGet", "encounterAssessmentsList",
        "encounterAssessmentsGet", "encounterDispositionsGet", "assessmentRecordsList",
        "assessmentRecordsGet", "carePlansGet", "goalsList", "goalsGet", "goalCommentsList",
        "goalTasksList",
      ],
      write: [
        "cdtRecordsCreate", "cdtRecordsBulkUpdate", "cdtRecordsUpdate", "cdtRecordsDelete",
        "encountersCreate", "encountersUpdate", "encountersDelete", "encounterCommentsCreate",
        "encounterCommentsReplace", "encounterCommentsDelete", "encounterAssessmentsCreate",
        "encounterAssessmentsUpdate", "encounterAssessmentsDelete", "encounterDispositionsUpdate",
        "assessmentRecordsCreate", "assessmentRecordsReplace", "assessmentRecordsDelete",
        "assessmentRecordsUpdateAnswers", "carePlansCreateOverview", "carePlansReplaceOverview",
        "goalsCreate", "goalsUpdate", "goalCommentsCreate", "goalTasksCreate",
      ],
    },
    schedule: {
      read: [
        "calendarEventsList", "calendarEventsGet", "calendarEventsGetSummary", "workHoursList",
        "schedulesList", "schedulesListAvailable", "schedulesListFull",
      ],
      write: [
        "calendarEventsCreate", "calendarEventsReplace", "calendarEventsUpdate", "calendarEventsDelete",
        "calendarEventsRespondToInvitation", "workHoursCreate", "workHoursReplace",
      ],
    },
    messages: {
      read: [
        "chatMessagesList", "chatMessagesSearch", "emailsList", "emailsGet", "unrecognizedEmailsList",
        "unrecognizedEmailsGet", "smsList", "smsGet", "unrecognizedSmsList", "unrecognizedSmsGet",
      ],
      write: [
        "chatMessagesSendInbound", "chatMessagesArchive", "chatMessagesRestore", "emailsSend",
        "emailsUpdate", "emailsDelete", "unrecognizedEmailsUpdate", "unrecognizedEmailsDelete", "smsSend",
        "smsUpdate", "smsDelete", "unrecognizedSmsUpdate", "unrecognizedSmsDelete",
      ],
    },
    documents: {
      read: [
        "documentSummariesList", "documentSummariesGet", "documentFilesDownload", "documentTypeRecordsGet",
      ],
      write: [
        "documentSummariesCreate", "documentSummariesReplace", "documentSummariesDelete",
        "documentFilesUpload", "documentTypeRecordsCreate", "documentTypeRecordsReplace",
        "documentTypeRecordsDelete",
      ],
    },
    tasks: {
      read: [
        "tasksList", "tasksGet",
      ],
      write: [
        "tasksCreate", "tasksBulkUpdateStatus", "tasksUpdate", "tasksAddWatcher", "tasksRemoveWatcher",
        "tasksAddComment", "tasksRemoveComment",
      ],
    },
  },
  inbox: {
    administration: {
      read: [
        "enterprisesList", "enterpriseInvoicesListByEnterprise", "enterprisePaymentInfosListByEnterprise",
        "enterprisePaymentsListByEnterprise", "transfersListByEnterprise",
        "adminOrganizationsListByEnterprise", "apiIntegrationsListByEnterprise",
        "depositAccountsListByEnterprise", "cardReadersListByEnterprise", "adminOrganizationsList",
        "sftpUploadsList", "usersList",
      ],
      write: [
        "enterprisesCreate", "enterprisesUpdate", "practicesCreate", "practicesUpdate", "practicesDelete",
        "doctorsCreate", "doctorsUpdate", "doctorsDelete", "webhookEndpointsCreate",
        "sftpUploadsCreateImportBatch",
      ],
    },
    directory: {
      read: [
        "practicesListByEnterprise", "doctorsListByEnterprise", "practicesList", "practicesGet",
        "practiceUsersListByPractice", "usersListByPractice", "doctorsListByPractice", "doctorsList",
        "doctorsGet", "practicesListByDoctor", "shiftsListByDoctor",
      ],
    },
    patients: {
      read: [
        "patientsListByEnterprise", "patientsList", "patientsGet",
      ],
      write: [
        "patientsCreate", "patientsUpdate",
      ],
    },
    configuration: {
      read: [
        "appointmentTemplatesListByEnterprise", "paymentReasonsListByEnterprise",
        "billingCycleTemplatesListByEnterprise", "writeOffCodesListByEnterprise", "paymentReasonsList",
        "paymentReasonsGet", "writeOffCodesList", "writeOffCodesGet",
      ],
      write: [
        "paymentReasonsCreate", "paymentReasonsUpdate", "writeOffCodesCreate", "accountTypesCreate",
      ],
    },
    billing: {
      read: [
        "invoicesListByPractice", "invoicesListByDoctor", "invoicesListByPatient", "paymentsListByPatient",
        "notificationsListByPatient", "patientPaymentInfosListByPatient", "invoicesList", "invoicesGet",
        "lineItemsListByInvoice", "paymentsListByInvoice", "invoicePaymentsListByInvoice",
        "notificationsListByInvoice", "lineItemsGet", "paymentsList", "paymentsGet",
        "invoicesListByPayment", "invoicePaymentsListByPayment", "attachmentsListByPayment",
        "invoicePaymentsGet", "attachmentsList", "attachmentsGet", "attachmentsDownload",
      ],
      write: [
        "invoicesCreate", "invoicesUpdate", "invoicesDelete", "lineItemsCreate", "lineItemsUpdate",
        "lineItemsDelete", "paymentsCreate", "paymentsQuickPay", "paymentsUpdate", "invoicePaymentsCreate",
        "invoicePaymentsUpdate", "attachmentsCreate", "attachmentsUpdate", "attachmentsDelete",
      ],
    },
    messages: {
      read: [
        "ticketsListByPatient",
      ],
    },
    refunds: {
      read: [
        "paymentAdjustmentsListByPayment", "paymentAdjustmentsGet", "writeOffsList", "writeOffsGet",
      ],
      write: [
        "paymentAdjustmentsCreate", "writeOffsCreate",
      ],
    },
  },
};
