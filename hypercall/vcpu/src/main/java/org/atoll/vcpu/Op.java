package org.atoll.vcpu;

/**
 * What an instruction does: the low byte of its packed form, and the label of its case.
 *
 * <p>The numbers are dense, so that the dispatch is one jump through a table; groups are tested by
 * range, so their order matters.
 */
final class Op {
  // Not instructions: what the interpreter finds where it has to look again.
  static final int UNDECODED = 0;
  static final int STRADDLES = 1;

  // Integer, in the dispatch loop.
  static final int LUI = 2;
  static final int AUIPC = 3;
  static final int JAL = 4;
  static final int JALR = 5;
  static final int BEQ = 6;
  static final int BNE = 7;
  static final int BLT = 8;
  static final int BGE = 9;
  static final int BLTU = 10;
  static final int BGEU = 11;
  static final int LB = 12;
  static final int LH = 13;
  static final int LW = 14;
  static final int LD = 15;
  static final int LBU = 16;
  static final int LHU = 17;
  static final int LWU = 18;
  static final int SB = 19;
  static final int SH = 20;
  static final int SW = 21;
  static final int SD = 22;
  static final int ADDI = 23;
  static final int SLTI = 24;
  static final int SLTIU = 25;
  static final int XORI = 26;
  static final int ORI = 27;
  static final int ANDI = 28;
  static final int SLLI = 29;
  static final int SRLI = 30;
  static final int SRAI = 31;
  static final int ADD = 32;
  static final int SUB = 33;
  static final int SLL = 34;
  static final int SLT = 35;
  static final int SLTU = 36;
  static final int XOR = 37;
  static final int SRL = 38;
  static final int SRA = 39;
  static final int OR = 40;
  static final int AND = 41;
  static final int ADDIW = 42;
  static final int SLLIW = 43;
  static final int SRLIW = 44;
  static final int SRAIW = 45;
  static final int ADDW = 46;
  static final int SUBW = 47;
  static final int SLLW = 48;
  static final int SRLW = 49;
  static final int SRAW = 50;
  static final int MUL = 51;
  static final int MULH = 52;
  static final int MULHSU = 53;
  static final int MULHU = 54;
  static final int DIV = 55;
  static final int DIVU = 56;
  static final int REM = 57;
  static final int REMU = 58;
  static final int MULW = 59;
  static final int DIVW = 60;
  static final int DIVUW = 61;
  static final int REMW = 62;
  static final int REMUW = 63;
  static final int FLW = 64;
  static final int FLD = 65;
  static final int FSW = 66;
  static final int FSD = 67;
  static final int FENCE = 68;
  static final int FENCE_I = 69;
  static final int ECALL = 70;
  static final int EBREAK = 71;
  static final int ILLEGAL = 72;

  // Control and status registers.
  static final int CSRRW = 73;
  static final int CSRRS = 74;
  static final int CSRRC = 75;
  static final int CSRRWI = 76;
  static final int CSRRSI = 77;
  static final int CSRRCI = 78;

  // Atomic, words.
  static final int LR_W = 79;
  static final int SC_W = 80;
  static final int AMOSWAP_W = 81;
  static final int AMOADD_W = 82;
  static final int AMOXOR_W = 83;
  static final int AMOAND_W = 84;
  static final int AMOOR_W = 85;
  static final int AMOMIN_W = 86;
  static final int AMOMAX_W = 87;
  static final int AMOMINU_W = 88;
  static final int AMOMAXU_W = 89;

  // Atomic, doublewords.
  static final int LR_D = 90;
  static final int SC_D = 91;
  static final int AMOSWAP_D = 92;
  static final int AMOADD_D = 93;
  static final int AMOXOR_D = 94;
  static final int AMOAND_D = 95;
  static final int AMOOR_D = 96;
  static final int AMOMIN_D = 97;
  static final int AMOMAX_D = 98;
  static final int AMOMINU_D = 99;
  static final int AMOMAXU_D = 100;

  // Double precision: those that round.
  static final int FADD_D = 101;
  static final int FSUB_D = 102;
  static final int FMUL_D = 103;
  static final int FDIV_D = 104;
  static final int FSQRT_D = 105;
  static final int FMADD_D = 106;
  static final int FMSUB_D = 107;
  static final int FNMSUB_D = 108;
  static final int FNMADD_D = 109;
  static final int FCVT_W_D = 110;
  static final int FCVT_WU_D = 111;
  static final int FCVT_L_D = 112;
  static final int FCVT_LU_D = 113;
  static final int FCVT_D_W = 114;
  static final int FCVT_D_WU = 115;
  static final int FCVT_D_L = 116;
  static final int FCVT_D_LU = 117;
  static final int FCVT_D_S = 118;

  // Single precision: those that round.
  static final int FADD_S = 119;
  static final int FSUB_S = 120;
  static final int FMUL_S = 121;
  static final int FDIV_S = 122;
  static final int FSQRT_S = 123;
  static final int FMADD_S = 124;
  static final int FMSUB_S = 125;
  static final int FNMSUB_S = 126;
  static final int FNMADD_S = 127;
  static final int FCVT_W_S = 128;
  static final int FCVT_WU_S = 129;
  static final int FCVT_L_S = 130;
  static final int FCVT_LU_S = 131;
  static final int FCVT_S_W = 132;
  static final int FCVT_S_WU = 133;
  static final int FCVT_S_L = 134;
  static final int FCVT_S_LU = 135;
  static final int FCVT_S_D = 136;

  // Double precision: those that do not.
  static final int FSGNJ_D = 137;
  static final int FSGNJN_D = 138;
  static final int FSGNJX_D = 139;
  static final int FMIN_D = 140;
  static final int FMAX_D = 141;
  static final int FEQ_D = 142;
  static final int FLT_D = 143;
  static final int FLE_D = 144;
  static final int FCLASS_D = 145;
  static final int FMV_X_D = 146;
  static final int FMV_D_X = 147;

  // Single precision: those that do not.
  static final int FSGNJ_S = 148;
  static final int FSGNJN_S = 149;
  static final int FSGNJX_S = 150;
  static final int FMIN_S = 151;
  static final int FMAX_S = 152;
  static final int FEQ_S = 153;
  static final int FLT_S = 154;
  static final int FLE_S = 155;
  static final int FCLASS_S = 156;
  static final int FMV_X_W = 157;
  static final int FMV_W_X = 158;

  private Op() {}
}
